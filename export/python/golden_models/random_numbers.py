"""Numbers that are the same on every machine."""


class Random:
    """SplitMix64: the same numbers on every machine and under every version of numpy."""

    def __init__(self, seed):
        self.state = seed

    def bits(self):
        mask = 0xFFFFFFFFFFFFFFFF
        self.state = self.state + 0x9E3779B97F4A7C15 & mask
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        return z ^ z >> 31

    def uniform(self, low=0.0, high=1.0):
        return low + (high - low) * (self.bits() >> 11) / (1 << 53)

    def below(self, count):
        return self.bits() % count
