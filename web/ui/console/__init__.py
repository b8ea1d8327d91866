"""The specialists' page 坐席 at /console: search beside the call, tickets, records."""
