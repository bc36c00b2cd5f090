"""Networks that are too small to be any good: they have the right inputs, outputs and states, and react to theirs."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from livefollow.constants import BAND_HEIGHT, COLUMN, N_BINS, N_PITCHES
from livefollow.networks.listener import LISTENER
from livefollow.networks.reader import READER
from livefollow.networks.specs import NEXT, NetworkSpec
from livefollow.score.reading import BEAT_CLASSES, N_MARKS

FLOAT = TensorProto.FLOAT


def reader(spec: NetworkSpec = READER) -> onnx.ModelProto:
    """Sees an event wherever a column is much blacker than staff lines make it; all pitches and note values alike.

    Args:
        spec: of the reader, perhaps with further inputs, which it does not look at.
    """
    rng = np.random.default_rng(0)
    weights = {
        "scale": np.full((2, 1), 20, np.float32),
        "threshold": np.array(-5, np.float32),
        "keys": rng.normal(-10, 10, (2, N_PITCHES)).astype(np.float32),
        "few": np.array(-2, np.float32),
        "values": rng.normal(0, 1, (2, len(BEAT_CLASSES))).astype(np.float32),
        "kinds": np.full((2, N_MARKS), -100, np.float32),
        "last": np.array([2], np.int64),
        "first": np.array([2], np.int64),
    }
    pool = {"kernel_shape": [BAND_HEIGHT, COLUMN], "strides": [BAND_HEIGHT, COLUMN]}
    nodes = [
        helper.make_node("AveragePool", ["bands"], ["pooled"], **pool),  # (1, 2, 1, C)
        helper.make_node("Squeeze", ["pooled", "first"], ["ink"]),
        helper.make_node("Transpose", ["ink"], ["columns"], perm=[0, 2, 1]),  # (1, C, 2)
        helper.make_node("MatMul", ["columns", "scale"], ["black"]),
        helper.make_node("Add", ["black", "threshold"], ["logit"]),
        helper.make_node("Sigmoid", ["logit"], ["mass"]),
        helper.make_node("Squeeze", ["mass", "last"], ["onset"]),
        helper.make_node("MatMul", ["columns", "keys"], ["key_evidence"]),
        helper.make_node("Add", ["key_evidence", "few"], ["key_logits"]),
        helper.make_node("Sigmoid", ["key_logits"], ["pitches"]),
        helper.make_node("MatMul", ["columns", "values"], ["value_logits"]),
        helper.make_node("Softmax", ["value_logits"], ["beats"], axis=-1),
        helper.make_node("MatMul", ["columns", "kinds"], ["kind_logits"]),
        helper.make_node("Sigmoid", ["kind_logits"], ["marks"]),
    ]
    return _model(spec, nodes, weights)


def listener() -> onnx.ModelProto:
    """Hears an onset where a band has risen since the frame before, which is its state."""
    near = np.exp(-0.5 * (np.arange(N_BINS)[:, None] - (np.arange(N_PITCHES) - 15)) ** 2).astype(np.float32)
    weights = {
        "near": near,
        "doubt": np.array(-4, np.float32),
        "axis": np.array([1], np.int64),
        "begin": np.array([0], np.int64),
        "before_last": np.array([-1], np.int64),
        "end": np.array([2**31], np.int64),
    }
    nodes = [
        helper.make_node("Concat", ["before", "frames"], ["all"], axis=1),
        helper.make_node("Slice", ["all", "begin", "before_last", "axis"], ["previous"]),
        helper.make_node("Slice", ["all", "before_last", "end", "axis"], ["before_next"]),
        helper.make_node("Sub", ["frames", "previous"], ["change"]),
        helper.make_node("Relu", ["change"], ["rise"]),
        *_hears("rise", "onsets"),
        *_hears("previous", "sounding"),
    ]
    return _model(LISTENER, nodes, weights, states={"before": (1, 1, N_BINS)})


def write_models(folder: Path) -> Path:
    """A folder of both, with a manifest whose checksums are right."""
    networks = {}
    for model in (reader(), listener()):
        kind = model.graph.name
        data = model.SerializeToString()
        (folder / f"{kind}.onnx").write_bytes(data)
        networks[kind] = {"file": f"{kind}.onnx", "kind": kind, "sha256": hashlib.sha256(data).hexdigest()}
    agents = {"tiny": {"kind": "localizer", "reader": "reader", "listener": "listener"}}
    manifest = {"networks": networks, "agents": agents, "default": "tiny"}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def with_metadata(model: onnx.ModelProto, **metadata: str | None) -> onnx.ModelProto:
    """The same network that says something else of itself; None leaves an entry out."""
    told = {entry.key: entry.value for entry in model.metadata_props} | metadata
    del model.metadata_props[:]
    helper.set_model_props(model, {key: value for key, value in told.items() if value is not None})
    return model


def _hears(source: str, name: str) -> list[onnx.NodeProto]:
    return [
        helper.make_node("MatMul", [source, "near"], [f"{name}_evidence"]),
        helper.make_node("Add", [f"{name}_evidence", "doubt"], [f"{name}_logits"]),
        helper.make_node("Sigmoid", [f"{name}_logits"], [name]),
    ]


def _model(
    spec: NetworkSpec,
    nodes: list[onnx.NodeProto],
    weights: dict[str, np.ndarray],
    states: dict[str, tuple[int, ...]] | None = None,
) -> onnx.ModelProto:
    kind, states = spec.kind, states or {}
    inputs = {**spec.inputs, **states}
    outputs = {**spec.outputs, **{f"{name}{NEXT}": shape for name, shape in states.items()}}
    graph = helper.make_graph(
        nodes,
        kind,
        [helper.make_tensor_value_info(name, FLOAT, shape) for name, shape in inputs.items()],
        [helper.make_tensor_value_info(name, FLOAT, shape) for name, shape in outputs.items()],
        [numpy_helper.from_array(array, name) for name, array in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    onnx.checker.check_model(model)
    told = {"name": f"tiny-{kind}", "kind": kind, "version": "0", "constants": json.dumps(spec.constants)}
    return with_metadata(model, **told, training="{}", scores="{}", licence="CC0-1.0")
