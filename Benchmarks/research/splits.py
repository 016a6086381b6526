"""The rows that `picket reproduce P9` draws for a seed, drawn by an implementation of its own.

xoshiro256** seeded by splitmix64 (Blackman and Vigna 2018), whole numbers after Lemire 2019, the shuffle
of Fisher and Yates. Needs nothing from PyPI.
"""
MASK = (1 << 64) - 1


class Generator:
    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(z ^ (z >> 31))

    def next(self):
        a, b, c, d = self.state
        product = b * 5 & MASK
        result = (product << 7 | product >> 57) * 9 & MASK
        c, d = c ^ a, d ^ b
        b, a = b ^ c, a ^ d
        self.state = [a, b, c ^ (self.state[1] << 17 & MASK), (d << 45 | d >> 19) & MASK]
        return result

    def below(self, bound):
        product = (self.next() >> 32) * bound
        if product & 0xFFFFFFFF < bound:
            threshold = (1 << 32) % bound
            while product & 0xFFFFFFFF < threshold:
                product = (self.next() >> 32) * bound
        return product >> 32

    def shuffled(self, rows):
        rows = list(rows)
        for last in range(len(rows) - 1, 0, -1):
            other = self.below(last + 1)
            rows[last], rows[other] = rows[other], rows[last]
        return rows


def leaving_out(family, labels, families, seed):
    """Rows of P9: training normals and attacks, held-out ones of each, test normals and attacks."""
    generator = Generator(seed)
    normals = generator.shuffled(row for row, label in enumerate(labels) if label == "normal")
    attacks = [row for row, label in enumerate(labels) if label != "normal"]
    known = generator.shuffled(row for row in attacks if families[labels[row]] != family)
    unknown = generator.shuffled(row for row in attacks if families[labels[row]] == family)
    count = len(normals) * 4 // 5
    labelled = min(count // 10, len(known))
    held, own = count // 10, labelled // 10
    return (normals[held:count], known[own:labelled], normals[:held], known[:own], normals[count:],
            unknown)
