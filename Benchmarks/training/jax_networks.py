"""The two trainings in JAX: a whole epoch is one compiled scan, as one writes it for speed."""

import time

import jax
import jax.numpy as jnp

import settings


def start(key, widths):
    keys = jax.random.split(key, len(widths) - 1)
    return [(jax.random.normal(k, (i, o)) * jnp.sqrt(2 / i), jnp.zeros(o))
            for k, i, o in zip(keys, widths, widths[1:])]


def run(layers, x):
    for w, b in layers[:-1]:
        x = jax.nn.relu(x @ w + b)
    w, b = layers[-1]
    return x @ w + b


def still(parameters):
    return jax.tree.map(jnp.zeros_like, (parameters, parameters))


def adam(parameters, gradient, state, step, rate, beta1):
    m = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, state[0], gradient)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, state[1], gradient)
    scale = rate * jnp.sqrt(1 - 0.999 ** step) / (1 - beta1 ** step)
    moved = jax.tree.map(lambda p, m, v: p - scale * m / (jnp.sqrt(v) + 1e-8), parameters, m, v)
    return moved, (m, v)


def anoean(normal, anomalous, seed):
    """Gives the seconds with and without compilation, and the encoder."""
    s, soft = settings.ANOEAN, jax.nn.softplus
    normal, anomalous = jnp.asarray(normal), jnp.asarray(anomalous)
    steps = len(normal) // s["normal_rows"]
    total = steps * s["epochs"]

    def fooled(encoder, discriminator, x):
        judged = run(discriminator, run(encoder, x))
        return soft(-judged[:s["normal_rows"]]).mean() + soft(judged[s["normal_rows"]:]).mean()

    def told(discriminator, codes, z):
        judged, drawn = run(discriminator, codes), run(discriminator, z)
        return (soft(-drawn).mean() + soft(judged[:s["normal_rows"]]).mean()
                + soft(judged[s["normal_rows"]:]).mean())

    def epoch(carry, key):
        order_key, scan_key = jax.random.split(key)
        order = jax.random.permutation(order_key, len(normal))[:steps * s["normal_rows"]]

        def one(carry, item):
            encoder, discriminator, of_encoder, of_discriminator, count = carry
            places, key = item
            pick, noise = jax.random.split(key)
            a = jax.random.randint(pick, (s["anomaly_rows"],), 0, len(anomalous))
            x = jnp.concatenate([normal[places], anomalous[a]])
            z = jax.random.normal(noise, (len(x), settings.ENCODER[-1]))
            count, rate = count + 1, s["rate"] * (1 - count / total)
            gradient = jax.grad(told)(discriminator, run(encoder, x), z)
            discriminator, of_discriminator = adam(
                discriminator, gradient, of_discriminator, count, rate, s["beta1"])
            gradient = jax.grad(fooled)(encoder, discriminator, x)
            encoder, of_encoder = adam(encoder, gradient, of_encoder, count, rate, s["beta1"])
            return (encoder, discriminator, of_encoder, of_discriminator, count), None

        items = (order.reshape(steps, -1), jax.random.split(scan_key, steps))
        return jax.lax.scan(one, carry, items)[0]

    keys = jax.random.split(jax.random.key(seed), s["epochs"] + 2)
    begin = time.perf_counter()
    encoder = start(keys[0], [normal.shape[1], *settings.ENCODER])
    discriminator = start(keys[1], [settings.ENCODER[-1], *settings.DISCRIMINATOR])
    carry = (encoder, discriminator, still(encoder), still(discriminator), jnp.zeros(()))
    compiled = jax.jit(epoch).lower(carry, keys[2]).compile()
    ready = time.perf_counter()
    for key in keys[2:]:
        carry = compiled(carry, key)
    jax.block_until_ready(carry)
    end = time.perf_counter()
    return end - begin, end - ready, lambda rows: run(carry[0], jnp.asarray(rows))


def vae(normal, seed):
    """Gives the seconds with and without compilation, and the reconstruction."""
    s, latent = settings.VAE, settings.VAE_LATENT
    normal = jnp.asarray(normal)
    steps = len(normal) // s["rows"]

    def loss(both, x, noise):
        code = run(both[0], x)
        mean, logarithm = code[:, :latent], code[:, latent:]
        y = jax.nn.sigmoid(run(both[1], mean + noise * jnp.exp(logarithm / 2)))
        divergence = 0.5 * (mean ** 2 + jnp.exp(logarithm) - 1 - logarithm).sum(1).mean()
        return s["alpha"] * ((x - y) ** 2).mean() + divergence

    def epoch(carry, key):
        order_key, noise_key = jax.random.split(key)
        order = jax.random.permutation(order_key, len(normal))[:steps * s["rows"]]

        def one(carry, item):
            both, state, count = carry
            places, key = item
            noise = jax.random.normal(key, (s["rows"], latent))
            gradient = jax.grad(loss)(both, normal[places], noise)
            both, state = adam(both, gradient, state, count + 1, s["rate"], 0.9)
            return (both, state, count + 1), None

        items = (order.reshape(steps, -1), jax.random.split(noise_key, steps))
        return jax.lax.scan(one, carry, items)[0]

    keys = jax.random.split(jax.random.key(seed), s["epochs"] + 2)
    begin = time.perf_counter()
    both = (start(keys[0], [normal.shape[1], *settings.VAE_ENCODER, 2 * latent]),
            start(keys[1], [latent, *settings.VAE_DECODER, normal.shape[1]]))
    carry = (both, still(both), jnp.zeros(()))
    compiled = jax.jit(epoch).lower(carry, keys[2]).compile()
    ready = time.perf_counter()
    for key in keys[2:]:
        carry = compiled(carry, key)
    jax.block_until_ready(carry)
    end = time.perf_counter()
    encoder, decoder = carry[0]
    return end - begin, end - ready, lambda rows: jax.nn.sigmoid(
        run(decoder, run(encoder, jnp.asarray(rows))[:, :latent]))
