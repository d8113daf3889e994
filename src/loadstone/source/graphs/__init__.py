"""Import graphs: how edges are made, and the walks over them."""
