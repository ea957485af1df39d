"""Makes sklearn_reference.json: scikit-learn's answers for a small regression on curve-like rows.

Run with scikit-learn 1.2 (`python3 sklearn_reference.py`). The rows are damped oscillations of
three random parameters, so that neighbouring columns are nearly collinear, as samples of an echo are.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.linear_model import BayesianRidge, LinearRegression
from sklearn.svm import SVR

TRAIN, TEST, SAMPLES, BEST, BEST_WIDE, WIDE_ROWS = 80, 20, 20, 12, 30, 25

rng = np.random.default_rng(2020)
n = TRAIN + TEST
t = np.arange(SAMPLES)
rate = rng.uniform(0.02, 0.3, n)
omega = rng.uniform(0.05, 0.4, n)
phase = rng.uniform(-1, 1, n)
curve = 0.5 * np.exp(-rate[:, None] * t + 1j * (omega[:, None] * t + phase[:, None]))
curve += rng.normal(0, 1e-3, curve.shape)
x = np.round(np.hstack([curve.real, curve.imag]), 6)
x[:, 7] = 0.25  # a dead sample: a constant feature
y = np.round(rate * 3 + omega + 0.2 * phase**2, 6)
train, test = slice(0, TRAIN), slice(TRAIN, n)


def linear(model, rows, best):
    chosen = SelectKBest(f_regression, k=best).fit(x[rows], y[rows])
    columns = np.flatnonzero(chosen.get_support())
    model.fit(x[rows][:, columns], y[rows])
    return {
        "rows": int(rows.stop),
        "columns": columns.tolist(),
        "weights": model.coef_.tolist(),
        "intercept": float(model.intercept_),
        "predicted": model.predict(x[test][:, columns]).tolist(),
    }


with np.errstate(all="ignore"):
    wide = slice(0, WIDE_ROWS)
    answers = {
        "made by": f"sklearn_reference.py, scikit-learn {sklearn.__version__}",
        "x": x.tolist(),
        "y": y.tolist(),
        "train rows": TRAIN,
        "f statistics": f_regression(x[train], y[train])[0].tolist(),
        "least squares": linear(LinearRegression(), train, BEST),
        "ridge": linear(BayesianRidge(), train, BEST),
        "least squares, fewer rows than columns": linear(LinearRegression(), wide, BEST_WIDE),
        "ridge, fewer rows than columns": linear(BayesianRidge(), wide, BEST_WIDE),
    }
svr = SVR(kernel="poly", degree=3, C=10, epsilon=1e-4, tol=1e-6).fit(x[train], y[train])
answers["cubic support vectors"] = svr.predict(x[test]).tolist()

out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps(answers) + "\n")
