"""What is trained: the same for every contestant, and the defaults of `picket train`."""

ENCODER = [128, 64, 32, 8]
DISCRIMINATOR = [32, 16, 1]
ANOEAN = {"epochs": 25, "normal_rows": 181, "anomaly_rows": 19, "rate": 5e-4, "beta1": 0.5}
VAE_ENCODER = [64, 32]
VAE_LATENT = 8
VAE_DECODER = [32, 64]
VAE = {"epochs": 70, "rows": 200, "rate": 5e-3, "alpha": 3000.0}
