"""tmp."""

import numpy as np
from scipy.signal import butter, filtfilt


def lowpass(x, cutoff_hz, rate_hz, order=2):
    from gerdy.motion.series import bridge

    b, a = butter(order, cutoff_hz / (rate_hz / 2))
    y = filtfilt(b, a, bridge(x.reshape(len(x), -1)).reshape(x.shape), axis=0)
    return np.where(np.isfinite(x), y, np.nan)
