# MINIMAL=1: the smallest archive. It scores one record at a time by dense layers of binary32, or with
# TYPES=int8 of bytes, that are linear or have a rectifier, and measures a distance: an AnoEAN. Everything
# else is refused at open (PICKET_E_NOT_BUILT_IN). Its functions are those of export/symbols-minimal.txt.
MINIMAL ?= 0

ifeq ($(MINIMAL),1)
ifneq ($(filter-out all int8,$(TYPES))$(filter-out 1,$(CONV))$(filter-out base,$(KERNELS)),)
$(error MINIMAL=1 has element types, operations and kernels of its own: float32, or with TYPES=int8 that; leave out CONV and KERNELS)
endif
else ifneq ($(filter-out all float,$(TYPES)),)
$(error TYPES=$(TYPES): expected all or float; with MINIMAL=1 all or int8)
endif

# What it shares with the other archives; Sources/PicketMinimal stands in for the rest.
minimal_core := $(addprefix Sources/PicketCore/,$(addsuffix .swift, \
  Features/AffineFeature Features/CategoryNumber Layers/Activation Layers/MultiplyAdd Layers/PixelWalk \
  Scoring/Calibration Scoring/Model+Info \
  $(addprefix Format/,Checksum Convolution Field FormatError FormatLayout IntegerNumbers \
    Model Model+Calibration Model+Container Model+Convolutions Model+Features Model+Fields Model+Knots Model+Layers \
    Model+Parameters Model+Provenance Model+Weights RawReading)))
minimal_runtime := $(sort $(wildcard Sources/PicketMinimal/*.swift)) \
  $(addprefix Sources/PicketRuntime/,$(addsuffix .swift,Calibrate Info ModelAccess Open))
