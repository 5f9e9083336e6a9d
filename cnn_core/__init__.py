"""Data, networks and their arithmetic. Nothing here knows of Streamlit or Plotly."""

import os

# NumPy reads this when it is first imported. On matrices as small as ours a second thread gains
# little on an idle machine, and on a busy one, or with many visitors at once, the threads wait for
# each other: measured beside two trainings on two cores, one image took ten times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
