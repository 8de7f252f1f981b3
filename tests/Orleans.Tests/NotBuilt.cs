namespace Grains.Tests;

public sealed class NotBuilt
{
    [Fact(Skip = "The engine Orleans is not built here: it takes -p:Engine=Orleans, and a package source that has the packages Microsoft.Orleans.*.")]
    public void What_grains_rely_on_holds_on_Orleans_and_silos_do_as_a_cluster()
    {
    }
}
