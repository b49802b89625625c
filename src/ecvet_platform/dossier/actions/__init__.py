"""What a learner does with her own record: reads, takes away, shows, asks for its erasure; and who looked."""
