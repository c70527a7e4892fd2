using System.Text;

namespace SessionGateway.SessionsTests.Tree;

public class TreeTests
{
    [Fact]
    public void Values_are_set_found_replaced_and_removed_in_order()
    {
        var tree = new SessionTree();
        SessionMap variables = tree.Variables;
        variables.Set("user", "alice");
        variables.Set("id", 42L);
        variables.Set("score", 97.5);
        variables.Set("admin", true);
        variables.Set("blob", [0xff, 0]);
        variables.Put("nothing").SetNull();
        variables.Set("user", "bob");
        Assert.Equal(["user", "id", "score", "admin", "blob", "nothing"],
            variables.Select(entry => entry.Key.ToString()));
        Assert.Equal("bob", variables["user"].AsString());
        Assert.Equal(42, variables["id"].AsInt64());
        Assert.Equal(97.5, variables["score"].AsDouble());
        Assert.True(variables["admin"].AsBoolean());
        Assert.False(variables["blob"].IsText);
        Assert.True(variables["nothing"].IsNull);
        Assert.False(variables["absent"].Exists);

        Assert.True(variables.Remove("id"));
        Assert.False(variables.Remove("id"));
        Assert.True(variables.Remove("nothing"));
        variables.Set("last", 1L);
        Assert.Equal(["user", "score", "admin", "blob", "last"], variables.Select(entry => entry.Key.ToString()));
    }

    [Fact]
    public void Asking_for_another_kind_is_an_error_of_the_program()
    {
        var tree = new SessionTree();
        tree.Variables.Set("id", 42L);
        Assert.Throws<InvalidOperationException>(() => tree.Variables["id"].AsString());
        Assert.Throws<InvalidOperationException>(() => tree.Variables["absent"].AsInt64());
        Assert.False(tree.Variables["id"].TryGetString(out _));
        Assert.False(tree.Variables["absent"].TryGetInt64(out _));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void Maps_of_any_size_find_add_and_remove_by_both_kinds_of_keys(int size)
    {
        var tree = new SessionTree();
        SessionMap map = tree.Variables.Put("m").SetMap();
        for (int i = 0; i < size; i++)
        {
            map.Put("key" + i).Set(i);
            map.Put(i).Set(-i);
        }

        for (int i = 0; i < size; i += 3)
        {
            Assert.True(map.Remove("key" + i));
        }

        for (int i = 0; i < size; i++)
        {
            Assert.Equal(i % 3 != 0, map["key" + i].Exists);
            Assert.Equal(-i, map[i].AsInt64());
        }

        map.Put("key0").Set("again");
        Assert.Equal("again", map.Last().Value.AsString());
        Assert.False(map["keyX"].Exists);
        map.Clear();
        Assert.Equal(0, map.Count);
        Assert.False(map["key1"].Exists);
    }

    [Fact]
    public void Writing_one_place_of_a_reference_writes_all_and_other_keys_leave_objects_alone()
    {
        byte[] before =
            ("o|O:5:\"Point\":2:{s:1:\"x\";i:1;s:4:\"\0*\0y\";R:2;}"u8
            + "p|r:1;a|i:5;b|R:4;e|E:6:\"Suit:A\";c|C:1:\"S\":3:{abc}"u8).ToArray();
        SessionTree tree = SessionFormats.Php.Decode(before);
        tree.Variables.Set("cart", "new");
        Assert.Equal([.. before, .. "cart|s:3:\"new\";"u8], SessionFormats.Php.Encode(tree));

        Assert.True(tree.Variables["a"].IsReference);
        tree.Variables.Set("a", 6L);
        Assert.Equal(6, tree.Variables["b"].AsInt64());
        tree.Variables["o"].AsObject().Properties.Set("x", 9L);
        Assert.Equal(9, tree.Variables["p"].AsObject().Properties["\0*\0y"].AsInt64());

        tree.Variables.Remove("a");
        Assert.EndsWith("b|i:6;e|E:6:\"Suit:A\";c|C:1:\"S\":3:{abc}cart|s:3:\"new\";",
            Encoding.ASCII.GetString(SessionFormats.Php.Encode(tree)));
    }

    [Fact]
    public void References_objects_and_enums_can_be_made()
    {
        var tree = new SessionTree();
        SessionMap variables = tree.Variables;
        variables.Set("a", 1L);
        variables.Put("b").SetReferenceTo(variables["a"]);
        SessionObject point = variables.Put("p").SetObject("Point");
        point.Properties.Set("x", 1L);
        variables.Put("e").SetEnum("Suit", "A");
        variables.Put("l").SetMap().Append().Set(true);
        Assert.Equal("a|i:1;b|R:1;p|O:5:\"Point\":1:{s:1:\"x\";i:1;}e|E:6:\"Suit:A\";l|a:1:{i:0;b:1;}",
            Encoding.ASCII.GetString(SessionFormats.Php.Encode(tree)));
    }

    [Fact]
    public void A_copy_into_its_own_inside_is_finite()
    {
        var tree = new SessionTree();
        tree.Variables.Put("a").SetMap().Set("x", 1L);
        tree.Variables["a"].AsMap().Put("self").Set(tree.Variables["a"]);
        Assert.Equal("a|a:2:{s:1:\"x\";i:1;s:4:\"self\";a:2:{s:1:\"x\";i:1;s:4:\"self\";N;}}",
            Encoding.ASCII.GetString(SessionFormats.Php.Encode(tree)));
    }

    [Fact]
    public void Equality_sees_order_sharing_and_content()
    {
        Assert.True(Equal("a|i:1;b|a:1:{i:0;d:NAN;}", "a|i:1;b|a:1:{i:0;d:NAN;}"));
        Assert.False(Equal("a|i:1;b|i:2;", "b|i:2;a|i:1;"));
        Assert.False(Equal("a|i:1;b|R:1;", "a|i:1;b|i:1;"));
        Assert.False(Equal("a|O:1:\"A\":0:{}b|r:1;", "a|O:1:\"A\":0:{}b|O:1:\"A\":0:{}"));
        Assert.False(Equal("a|d:0;", "a|d:-0;"));
        Assert.False(Equal("a|i:1;", "a|b:1;"));
        Assert.True(Equal("a|O:1:\"A\":1:{s:1:\"a\";r:1;}", "a|O:1:\"A\":1:{s:1:\"a\";r:1;}"));

        static bool Equal(string left, string right) =>
            SessionFormats.Php.Decode(Encoding.ASCII.GetBytes(left)).Root.ContentEquals(
                SessionFormats.Php.Decode(Encoding.ASCII.GetBytes(right)).Root);
    }

    [Fact]
    public void A_tree_used_again_takes_no_new_memory()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Support.Vectors.Root, "php", "login.bin"));
        var tree = new SessionTree();
        SessionFormats.Php.TryDecode(bytes, tree, SessionLimits.Default, out _);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                SessionFormats.Php.TryDecode(bytes, tree, SessionLimits.Default, out _);
            }
        }));
    }

    [Fact]
    public void An_enum_case_that_occurs_again_is_the_same_object_for_PHP()
    {
        var tree = new SessionTree();
        tree.Variables.Put("a").SetEnum("Suit", "Hearts");
        tree.Variables.Put("b").SetEnum("Suit", "Spades");
        tree.Variables.Put("c").SetEnum("Suit", "Hearts");
        Assert.Equal("a|E:11:\"Suit:Hearts\";b|E:11:\"Suit:Spades\";c|r:1;"u8.ToArray(),
            SessionFormats.Php.Encode(tree));
        SessionTree again = SessionFormats.Igbinary.Decode(SessionFormats.Igbinary.Encode(tree));
        Assert.True(again.Variables["a"].AsObject().IsSame(again.Variables["c"].AsObject()));
        Assert.True(again.Root.ContentEquals(tree.Root));
        Assert.False(again.Variables["b"].ContentEquals(tree.Variables["a"]));
    }
}
