"""Kills at random moments of every act that writes: nothing that was acknowledged is lost, and a new start asks nothing."""
