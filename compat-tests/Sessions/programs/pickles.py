# Reads lines of hex, unpickles each, and prints it as JSON: what Python makes of our pickles. Bytes become {"$base64": ...},
# as in the JSON view.
import base64, json, pickle, sys


def plain(value):
    if isinstance(value, bytes):
        return {"$base64": base64.b64encode(value).decode()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return str(value)
    return value


for line in sys.stdin:
    print(json.dumps(plain(pickle.loads(bytes.fromhex(line.strip())))))
