"""What others found about the band, asked of ours: targets as data, one small check for each, and a verdict."""
