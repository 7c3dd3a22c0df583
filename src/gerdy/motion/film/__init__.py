"""Films: from the key points of one person to strides and signed angles in the plane of the picture."""
