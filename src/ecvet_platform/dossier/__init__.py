"""Everything held about one learner, for herself: to read, to take away, to show to others, to have erased.

The room comes after all others that hold something about learners, and so can gather it. What stands here of its own is
only what belongs to the learner's hand: share links, who looked, and requests for erasure with their answers.
"""
