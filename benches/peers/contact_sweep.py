#!/usr/bin/env python3
"""The sweep of benches/contact.rs in numpy: many as-built locks, each swept once over the dial.

Per reading: three wheels with runout, the lever angle of a gate from a table, the tallest wheel, the
contact points from a table of the cam, two noisy rounded readings. Vectorised over locks and
settings, tables looked up by index and interpolated, in blocks that fit the cache. One core.

    cargo bench --bench contact -- sweep
    python3 benches/peers/contact_sweep.py

prints readings per second and, where the first command has run, the ratio.
"""
import json
import os
import pathlib
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np  # noqa: E402

MARKS, WHEELS, SETTINGS, BLOCK = 100, 3, 50, 64
PER_MARK = 64
PER_RAD = 1 / 60.0  # lever rad per mm of rim, about what the shipped geometry has


def tables():
    """A gate two marks wide and a cam whose contact points part as the lever rises."""
    at = np.arange(MARKS * PER_MARK + 1) / PER_MARK - MARKS / 2
    gate = np.where(np.abs(at) < 0.7, -0.06, np.where(np.abs(at) < 1.2, -0.01, 0.0))
    lever = np.linspace(-0.15, 0.15, 2049)
    return gate, np.stack([-4 - 20 * lever, 4 + 20 * lever])


def looked_up(table, x):
    k = x.astype(np.int64)
    part = x - k
    low = table[..., k]
    return low + part * (table[..., k + 1] - low)


def sweep(rng, locks, gate, cam):
    numbers = np.arange(SETTINGS) * (MARKS / SETTINGS)
    total = 0.0
    for start in range(0, locks, BLOCK):
        n = min(BLOCK, locks - start)
        code = rng.integers(0, MARKS, (n, WHEELS, 1))
        taller = rng.normal(0, 0.2, (n, WHEELS, 1))
        runout = rng.uniform(0, 0.04, (n, WHEELS, 1))
        phase = rng.uniform(0, 2 * np.pi, (n, WHEELS, 1))
        offset = (numbers - code + 1.5 * MARKS) % MARKS
        turn = offset * (2 * np.pi / MARKS)
        lever = looked_up(gate, offset * PER_MARK)
        lever += PER_RAD * (taller + runout * np.cos(turn - phase))
        rest = lever.max(axis=1)
        contacts = looked_up(cam, np.clip((rest + 0.15) / 0.3 * 2048, 0, 2047.99))
        noisy = contacts + rng.normal(0, 0.035, contacts.shape)
        read = np.round(noisy / 0.125) * 0.125
        total += float((read[1] - read[0]).sum())
    return total


def main():
    gate, cam = tables()
    rng = np.random.default_rng(1)
    locks, best = 20_000, float("inf")
    sweep(rng, 2 * BLOCK, gate, cam)
    for _ in range(5):
        begun = time.process_time()
        sweep(rng, locks, gate, cam)
        best = min(best, time.process_time() - begun)
    rate = locks * SETTINGS / best
    print(f"numpy {np.__version__}: {rate / 1e6:.2f} M readings/s on one core")
    root = pathlib.Path(__file__).resolve().parents[2]
    measured = root / "target/criterion/contact/sweep/new/estimates.json"
    if measured.exists():
        with open(measured, encoding="utf-8") as file:
            seconds = json.load(file)["median"]["point_estimate"] * 1e-9
        ours = 512 * SETTINGS / seconds
        print(f"wheelpack: {ours / 1e6:.2f} M readings/s on one core, {ours / rate:.1f} times as many")


if __name__ == "__main__":
    main()
