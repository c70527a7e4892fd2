import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Named checks: every one is run, every failure is printed, the exit code tells whether all passed. */
final class Checks {
    interface Body {
        void run() throws Exception;
    }

    private final List<String> failures = new ArrayList<>();
    private int passed;

    void check(String name, Body body) {
        try {
            body.run();
            passed++;
            System.out.println("ok " + name);
        } catch (Throwable error) {
            failures.add(name);
            System.out.println("FAIL " + name + ": " + error);
        }
    }

    static void same(Object expected, Object actual) {
        if (!Objects.deepEquals(expected, actual)) {
            throw new AssertionError("expected " + show(expected) + ", got " + show(actual));
        }
    }

    static void yes(boolean value) {
        same(true, value);
    }

    static void no(boolean value) {
        same(false, value);
    }

    int finish() {
        System.out.println(passed + " passed, " + failures.size() + " failed");
        return failures.isEmpty() && passed > 0 ? 0 : 1;
    }

    private static String show(Object value) {
        String text = value instanceof byte[] ? "byte[" + ((byte[]) value).length + "]" : String.valueOf(value);
        return text.length() > 200 ? text.substring(0, 200) + "... (" + text.length() + ")" : text;
    }
}
