package de.javakaffee.web.msm;

import java.io.Serializable;
import java.util.List;

/** The application classes of the vectors, so that Java can read those. */
public class GenVectors {
    public static class User implements Serializable {
        private static final long serialVersionUID = 42;
        int id;
        String name;
        List<String> roles;
        User friend;
        double score;
    }

    public enum Color { RED, GREEN, BLUE }
}
