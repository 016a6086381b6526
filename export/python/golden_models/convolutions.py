"""Models with convolutions."""

from picket_format import (
    ANOEAN, LEAKY_RELU, LINEAR, MAHALANOBIS, RECONSTRUCTION, RECONSTRUCTION_KL, RELU, SIGMOID, TANH,
    VAE, Geometry)
from .building import calibrated, connection_model, convolution, layer, note


def anoean_sequence(random, element, activation=RELU):
    """Two convolutions over a sequence, the channels of one of them no whole vector."""
    model = connection_model(ANOEAN, MAHALANOBIS, 3, provenance=note("convolutions on one axis"))
    model.encoder = [
        convolution(random, Geometry((1, 12, 1), (1, 6, 5), (1, 4), (1, 2), (0, 1)), activation, element),
        convolution(random, Geometry((1, 6, 5), (1, 3, 17), (1, 4), (1, 2), (0, 1)), LEAKY_RELU, element,
                    0.2),
        layer(random, 51, 3, LINEAR, element)]
    return calibrated(random, model)


def anoean_image(random, element):
    """Axes that differ in kernel, stride and padding; a convolution to one pixel at the end."""
    model = connection_model(ANOEAN, MAHALANOBIS, 3, provenance=note("convolutions on two axes"))
    model.encoder = [
        convolution(random, Geometry((3, 4, 1), (2, 5, 4), (3, 2), (2, 1), (1, 1)), TANH, element),
        convolution(random, Geometry((2, 5, 4), (1, 1, 3), (2, 5), (1, 1), (0, 0)), LINEAR, element)]
    return calibrated(random, model)


def vae_sequence(random, element):
    model = connection_model(
        VAE, RECONSTRUCTION, 2, provenance=note("transposed on one axis"), reconstruction_weight=1)
    model.encoder = [
        convolution(random, Geometry((1, 12, 1), (1, 6, 3), (1, 4), (1, 2), (0, 1)), RELU, element),
        layer(random, 18, 2, LINEAR, element)]
    model.decoder = [
        layer(random, 2, 12, RELU, element),
        convolution(random, Geometry((1, 6, 2), (1, 12, 1), (1, 4), (1, 2), (0, 1), True), SIGMOID,
                    element)]
    return calibrated(random, model)


def vae_image(random, **rest):
    """A decoder that begins with a transposed convolution of one pixel."""
    model = connection_model(
        VAE, RECONSTRUCTION_KL, 2, provenance=note("transposed on two axes"),
        reconstruction_weight=0.75, kl_weight=0.25, **rest)
    model.encoder = [
        convolution(random, Geometry((3, 4, 1), (2, 2, 3), (3, 3), (2, 2), (1, 1)), LEAKY_RELU,
                    slope=0.25),
        layer(random, 12, 4)]
    model.decoder = [
        convolution(random, Geometry((1, 1, 2), (2, 2, 3), (2, 2), (1, 1), (0, 0), True), RELU),
        convolution(random, Geometry((2, 2, 3), (3, 4, 1), (3, 3), (2, 2), (1, 1), True), SIGMOID)]
    return calibrated(random, model)
