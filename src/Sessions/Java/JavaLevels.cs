namespace SessionGateway.Sessions.Java;

/// <summary>The way through the data of an object: the classes of its chain, the topmost first, and their
/// fields.</summary>
internal static class JavaLevels
{
    /// <summary>The topmost superclass of a class: its data comes first.</summary>
    public static int First(IReadOnlyList<JavaClass> classes, int type)
    {
        while (classes[type].Super >= 0)
        {
            type = classes[type].Super;
        }

        return type;
    }

    /// <summary>Moves on from classes whose data is complete; -1 after the object's own class.</summary>
    public static JavaLevel SkipEmpty(IReadOnlyList<JavaClass> classes, JavaLevel level)
    {
        while (level.Class >= 0)
        {
            JavaClass type = classes[level.Class];
            if (level.Field < type.Fields.Length + (type.HasCustomData ? 1 : 0))
            {
                break;
            }

            int next = -1;
            for (int below = level.Own; below != level.Class; below = classes[below].Super)
            {
                next = below;
            }

            level = level with { Class = next, Field = 0 };
        }

        return level;
    }
}
