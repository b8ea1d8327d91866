"""One module per subcommand of ``tiaoli``."""
