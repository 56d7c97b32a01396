"""What processes do by themselves: timers, jobs, messages; on both databases."""
