"""What pages share on the Streamlit side; it knows cnn_core, cnn_core does not know it."""
