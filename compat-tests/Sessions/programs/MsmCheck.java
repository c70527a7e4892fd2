import java.io.*;
import java.lang.reflect.Array;
import java.math.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

/**
 * Reads session values as memcached-session-manager does (header, then one ObjectInputStream with a count, names and values), one
 * hex line each, and prints what Java made of it: exact classes, values, order, and which objects are the same.
 */
public class MsmCheck {
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line; (line = in.readLine()) != null; ) {
            try {
                out.println(session(HexFormat.of().parseHex(line.trim())));
            } catch (Exception refused) {
                out.println("REFUSED " + refused);
            }
        }
        out.flush();
    }

    static String session(byte[] bytes) throws Exception {
        DataInputStream header = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = header.readShort();
        int length = header.readShort();
        StringBuilder text = new StringBuilder("v" + version + " " + header.readLong() + " " + header.readLong() + " " + header.readInt()
            + " " + (char) header.readByte() + (char) header.readByte() + " " + header.readLong() + " " + header.readLong() + " ");
        text.append(new String(header.readNBytes(header.readShort()), StandardCharsets.UTF_8)).append(" auth ").append(header.readShort());
        text.append(" principal ").append(header.readNBytes(header.readShort()).length);
        if (version == 2) {
            text.append(" request ").append(header.readNBytes(header.readShort()).length);
            text.append(" saved ").append(header.readNBytes(header.readShort()).length);
        }
        if (header.available() != bytes.length - length) {
            throw new IOException("header length " + length + ", " + header.available() + " bytes left");
        }
        ByteArrayInputStream rest = new ByteArrayInputStream(bytes, length, bytes.length - length);
        ObjectInputStream attributes = new ObjectInputStream(rest);
        int count = (Integer) attributes.readObject();
        IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();
        for (int i = 0; i < count; i++) {
            text.append("\t").append(quote((String) attributes.readObject())).append("=");
            describe(attributes.readObject(), text, seen);
        }
        if (rest.available() != 0) {
            throw new IOException(rest.available() + " bytes left");
        }
        return text.toString();
    }

    static void describe(Object value, StringBuilder text, IdentityHashMap<Object, Integer> seen) throws Exception {
        if (value == null) {
            text.append("null");
        } else if (value instanceof String s) {
            text.append(quote(s));
        } else if (value instanceof Character c) {
            text.append("Character ").append((int) c);
        } else if (value instanceof Double d) {
            text.append("Double ").append(Long.toHexString(Double.doubleToRawLongBits(d)));
        } else if (value instanceof Number || value instanceof Boolean || value instanceof UUID) {
            text.append(value.getClass().getSimpleName()).append(" ").append(value);
        } else if (value instanceof Date d) {
            text.append("Date ").append(d.getTime());
        } else if (value instanceof Locale l) {
            text.append("Locale ").append(l.toLanguageTag());
        } else if (value instanceof byte[] b) {
            text.append("bytes ").append(HexFormat.of().formatHex(b));
        } else if (seen.putIfAbsent(value, seen.size()) != null) {
            text.append("same ").append(seen.get(value));
        } else if (value instanceof Enum<?> e) {
            text.append("enum ").append(e.getDeclaringClass().getName()).append(".").append(e.name());
        } else if (value instanceof Map<?, ?> map) {
            text.append(value.getClass().getName()).append("{");
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                describe(entry.getKey(), text, seen);
                text.append(":");
                describe(entry.getValue(), text, seen);
                text.append(",");
            }
            text.append("}");
        } else if (value instanceof Collection<?> items) {
            text.append(value.getClass().getName()).append("[");
            for (Object item : items) {
                describe(item, text, seen);
                text.append(",");
            }
            text.append("]");
        } else if (value.getClass().isArray()) {
            text.append(value.getClass().getName()).append("[");
            for (int i = 0; i < Array.getLength(value); i++) {
                describe(Array.get(value, i), text, seen);
                text.append(",");
            }
            text.append("]");
        } else if (value instanceof java.time.temporal.Temporal || value instanceof java.time.Duration) {
            text.append(value.getClass().getName()).append(" ").append(value);
        } else {
            text.append(value.getClass().getName()).append("(");
            for (Class<?> c = value.getClass(); c != Object.class; c = c.getSuperclass()) {
                for (java.lang.reflect.Field field : c.getDeclaredFields()) {
                    if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        text.append(field.getName()).append("=");
                        describe(field.get(value), text, seen);
                        text.append(",");
                    }
                }
            }
            text.append(")");
        }
    }

    static String quote(String s) {
        StringBuilder text = new StringBuilder("'");
        for (char c : s.toCharArray()) {
            text.append(c < ' ' || c == '\'' || Character.isSurrogate(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return text.append("'").toString();
    }
}
