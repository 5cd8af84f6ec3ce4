"""What newsroom asks of other machines: a room for each way of asking."""
