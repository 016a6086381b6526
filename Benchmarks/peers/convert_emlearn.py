#!/usr/bin/env python3
"""Has emlearn's own generator write the network as C: emlearn_model.h.

    convert_emlearn.py FOLDER
"""

import sys
from pathlib import Path

import plain_layers
from emlearn.net import c_generate_net_loadable

folder = Path(sys.argv[1])
layers = plain_layers.read(folder)
(folder / "emlearn_model.h").write_text(c_generate_net_loadable(
    ["relu" if layer.relu else "identity" for layer in layers],
    [layer.weights for layer in layers], [layer.bias for layer in layers], "network"))
