"""Data, networks and their arithmetic. Nothing here knows of Streamlit or Plotly."""
