"""The iliotibial band on a compiled body: strands, contact, tension, and how sure any of it is."""
