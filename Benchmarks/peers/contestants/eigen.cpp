/* Eigen with sizes known to the compiler, as inference libraries on top of it do; one record. */
#include <Eigen/Core>

#include "layers.h"
#include "peer.h"

namespace {

template <int inputs, int outputs, bool relu>
struct Layer {
  Eigen::Matrix<float, outputs, inputs> weights; /* column-major: by input, as the file is */
  Eigen::Matrix<float, outputs, 1> bias, output;

  void read(const float *w, const float *b) {
    weights = Eigen::Map<const Eigen::Matrix<float, outputs, inputs>>(w);
    bias = Eigen::Map<const Eigen::Matrix<float, outputs, 1>>(b);
  }

  const float *run(const float *in) {
    output = bias;
    output.noalias() += weights * Eigen::Map<const Eigen::Matrix<float, inputs, 1>>(in);
    if (relu) output = output.cwiseMax(0.0f);
    return output.data();
  }
};

struct Network {
#define LAYER(number, inputs, outputs, relu) Layer<inputs, outputs, relu> layer##number;
  PEER_LAYERS(LAYER)
#undef LAYER
};

}  // namespace

void *peer_open(const char *model, size_t batch) {
  const layers *all = layers_read(model, 0);
  if (!all || batch != 1) return nullptr;
  auto network = new Network;
#define LAYER(number, inputs, outputs, relu) \
  network->layer##number.read(all->layer[number].weights, all->layer[number].bias);
  PEER_LAYERS(LAYER)
#undef LAYER
  return network;
}

int peer_run(void *self, const float *in, float *out) {
  auto network = static_cast<Network *>(self);
#define LAYER(number, inputs, outputs, relu) in = network->layer##number.run(in);
  PEER_LAYERS(LAYER)
#undef LAYER
  memcpy(out, in, PEER_OUTPUTS * sizeof *out);
  return 0;
}
