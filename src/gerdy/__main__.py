"""``python -m gerdy`` is the command line."""

from gerdy.cli.main import main

main()
