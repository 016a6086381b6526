.PHONY: bench-training
bench-training: build ## train the same networks with Picket, PyTorch and JAX: docs/TRAINING.md
	@$(PYTHON) Benchmarks/training/run.py $(PICKET) --write
