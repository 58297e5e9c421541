/** A load balancer and a database each require two Availability Zones; a third one would only add cost. */
export const zoneCount = 2;
