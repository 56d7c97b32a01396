"""What a person sees, and what stands between them and it: all of Reflex, the gate and the guard."""
