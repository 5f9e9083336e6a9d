"""What Plotly figures share; light and dark are Streamlit's theme, no surface has a colour here."""

# A colour bar that lies below its map, where a narrow screen has room for it.
BAR_BELOW = {
    "orientation": "h",
    "y": -0.16,
    "yanchor": "top",
    "thickness": 12,
    "outlinewidth": 0,
}
