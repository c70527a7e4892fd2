import java.io.*;
import java.math.*;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;

/** Writes one session value with every JDK value class we know, and objects of classes nobody else knows, as a hex line. */
public class MsmWrite {
    static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        int id = 1;
        String name = "base";
    }

    static class Derived extends Base {
        private static final long serialVersionUID = 2;
        String name = "hides";
        Object self = this;
        short[] shorts = {1, -2};
        float[] floats = {1.5f};
        char[] chars = {'x', '\u00fc'};
        Base[] bases = {this, null};
        transient int lost = 5;
        char letter = 'q';
        byte small = -1;
        float real = 2.5f;
        boolean yes = true;
    }

    static class Custom implements Serializable {
        private static final long serialVersionUID = 3;
        int plain = 7;
        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(42);
            out.writeUTF("block");
            out.write(new byte[2000]);
            out.writeObject(Arrays.asList("in", "custom"));
            out.writeLong(-1);
        }
        transient String read;
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            int n = in.readInt();
            String s = in.readUTF();
            int length = in.readNBytes(2000).length;
            read = n + s + length + in.readObject() + in.readLong();
        }
    }

    static class External implements Externalizable {
        String text = "ext";
        public External() { }
        public void writeExternal(ObjectOutput out) throws IOException { out.writeInt(9); out.writeObject(text); }
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException { text = in.readInt() + (String) in.readObject(); }
    }

    enum Color { RED, GREEN { } }

    public static void main(String[] args) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("int", 1); all.put("long", 2L); all.put("short", (short) -3); all.put("byte", (byte) -4); all.put("char", '\u00fc');
        all.put("surrogate", "\ud800 alone, \ud83d\ude00 and \u0000"); all.put("lonechar", '\udc00'); all.put("float", 1.5f); all.put("double", -0.0); all.put("nan", Double.NaN); all.put("bool", true);
        all.put("date", new Date(1763715600123L)); all.put("old", new Date(-1)); all.put("far", new Date(Long.MAX_VALUE));
        all.put("uuid", UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));
        for (String number : new String[] {"0", "-1", "170141183460469231731687303715884105728", "-18446744073709551616"})
            all.put("big" + number, new BigInteger(number));
        for (String number : new String[] {"0", "1.50", "-0.001", "1E+5", "123456789012345678901234567890.123", "0.00"})
            all.put("dec" + number, new BigDecimal(number));
        all.put("bytes", new byte[] {0, 1, -1}); all.put("ints", new int[] {1, -2}); all.put("longs", new long[] {1L << 40});
        all.put("doubles", new double[] {0.1}); all.put("booleans", new boolean[] {true, false}); all.put("strings", new String[] {"a", null});
        all.put("objects", new Object[] {1, "a", new Object[0]}); all.put("integers", new Integer[] {1, 2}); all.put("nested", new int[][] {{1}, {}});
        all.put("arraylist", new ArrayList<>(List.of(1, "x"))); all.put("linkedlist", new LinkedList<>(List.of("p"))); all.put("aslist", Arrays.asList(1, 2));
        all.put("listof", List.of("a", "b", "c")); all.put("setof", Set.of("only")); all.put("mapof", Map.of("k", 1)); all.put("emptylist", Collections.emptyList());
        all.put("hashmap", new HashMap<>(Map.of("k", "v"))); all.put("linked", new LinkedHashMap<>(new TreeMap<>(Map.of("b", 1, "a", 2))));
        all.put("tree", new TreeMap<>(Map.of("b", 1, "a", 2))); all.put("conc", new ConcurrentHashMap<>(Map.of("k", "v"))); all.put("table", new Hashtable<>(Map.of("k", "v")));
        all.put("intkeys", new HashMap<>(Map.of(1, "one", 2, "two"))); all.put("longkeys", new HashMap<>(Map.of(1L, "one"))); all.put("objkeys", new HashMap<>(Map.of(List.of(1), "l")));
        TreeMap<String, Integer> reverse = new TreeMap<>(Comparator.reverseOrder()); reverse.put("a", 1); reverse.put("b", 2); all.put("reverse", reverse);
        LinkedHashMap<String, Integer> lru = new LinkedHashMap<>(16, 0.75f, true); lru.put("x", 1); all.put("lru", lru);
        all.put("hashset", new HashSet<>(Set.of("s"))); all.put("linkedset", new LinkedHashSet<>(List.of("z", "a"))); all.put("treeset", new TreeSet<>(List.of("b", "a")));
        all.put("unmodifiable", Collections.unmodifiableList(new ArrayList<>(List.of(1)))); all.put("singleton", Collections.singletonMap("k", "v")); all.put("deque", new ArrayDeque<>(List.of(1)));
        all.put("props", new Properties()); all.put("locale", Locale.GERMANY); all.put("localdate", java.time.LocalDate.of(2025, 11, 21)); all.put("instant", java.time.Instant.ofEpochMilli(5));
        all.put("color", Color.RED); all.put("constant", Color.GREEN); all.put("derived", new Derived()); all.put("custom", new Custom()); all.put("external", new External());
        List<Object> shared = new ArrayList<>(List.of("shared")); all.put("shared1", shared); all.put("shared2", shared); all.put("sharedin", new ArrayList<>(List.of(shared, shared)));
        List<Object> cyclic = new ArrayList<>(); cyclic.add("c"); cyclic.add(cyclic); all.put("cyclic", cyclic);
        Object[] self = new Object[2]; self[0] = self; all.put("selfarray", self);
        all.put("long text", "0123456789".repeat(7000)); all.put("", "empty name");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(bytes);
        byte[] id = "ABC-n1.tc1".getBytes();
        header.writeShort(2); header.writeShort(52 + id.length + 3); header.writeLong(1); header.writeLong(2); header.writeInt(1800); header.writeBytes("10");
        header.writeLong(3); header.writeLong(4); header.writeShort(id.length); header.write(id); header.writeShort(4); header.writeShort(3); header.writeBytes("abc");
        header.writeShort(0); header.writeShort(0);
        ObjectOutputStream out = new ObjectOutputStream(bytes);
        out.writeObject(all.size());
        for (Map.Entry<String, Object> entry : all.entrySet()) { out.writeObject(entry.getKey()); out.writeObject(entry.getValue()); }
        out.flush();
        System.out.println(HexFormat.of().formatHex(bytes.toByteArray()));
    }
}
