"""The learner: tokens, model, training, generation, scoring and export. The only folder that imports torch."""

import importlib.util

from hornbook.errors import TrainingUnavailable

_MISSING = [name for name in ("torch", "safetensors") if importlib.util.find_spec(name) is None]
if _MISSING:
    raise TrainingUnavailable(f"{', '.join(_MISSING)} not installed; run: pip install 'hornbook[train]'")
