"""AWS on this machine: moto's server and the additions that this project's stack needs, one small module per gap."""
