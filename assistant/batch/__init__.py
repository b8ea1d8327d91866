"""The rules as plans over whole tables: one tree compiled for Polars, Spark and single rows, each equal to the exact evaluator."""
