"""AWS on this machine: moto's server with what this project's stack needs added, one small module per gap."""
