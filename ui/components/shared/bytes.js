// Every component begins with this: the counterpart of base64_bytes in component.py.

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
