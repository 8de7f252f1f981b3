using Cluster.Cases.Assignment;

namespace Cluster.Cases.Tests.Assignment;

public sealed class FairnessTests
{
    [Theory]
    [InlineData(new[] { 1d, 2, 3, 4 }, 0.4472135955, 0.25, 1.6)] // σ = √1.25 over 2.5; (−3·1 − 1·2 + 1·3 + 3·4) ÷ (4·10)
    [InlineData(new[] { 4d, 1, 3, 2 }, 0.4472135955, 0.25, 1.6)]
    [InlineData(new[] { 0d, 0, 0, 8 }, 1.7320508076, 0.75, 4)]
    [InlineData(new[] { 5d, 5, 5 }, 0, 0, 1)]
    [InlineData(new[] { 7d }, 0, 0, 1)]
    [InlineData(new[] { 0d, 0 }, 0, 0, 1)]
    [InlineData(new double[0], 0, 0, 1)]
    public void Measures_agree_with_the_numbers_worked_by_hand(double[] loads, double cv, double gini, double maxOverMean)
    {
        var fairness = Fairness.Of(loads);

        Assert.Equal(cv, fairness.Cv, 1e-9);
        Assert.Equal(gini, fairness.Gini, 1e-9);
        Assert.Equal(maxOverMean, fairness.MaxOverMean, 1e-9);
    }
}
