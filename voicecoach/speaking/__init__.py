"""Text becomes samples becomes sound in somebody's ears."""
