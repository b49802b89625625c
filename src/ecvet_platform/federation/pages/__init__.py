"""The doors of the network: endpoints for other servers, pages for people."""
