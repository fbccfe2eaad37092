"""What several benches share: labelled recordings, the ways of hearing that are compared, rates and their intervals."""
