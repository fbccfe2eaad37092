"""What happens next: (state, event, time) becomes commands. Pure: no I/O, no threads, no clock reading."""
