using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cluster.Browser.Tests;

[Collection(Browsers.Name)]
public sealed class CalculatorTests(Browsing browsing, Office office)
{
    [BrowserFact]
    public Task The_address_of_the_calculator_is_the_question_and_the_proof_adds_up() => browsing.Visit(office.Address, async page =>
    {
        await page.Enter();
        await page.GotoAsync("/calculator?limit=T-B05&start=2026-02-09&custody=true&extensions=15d");

        ILocator answer = page.Locator(".calculator-answer");
        await Expect(answer.Locator(".proof-total")).ToContainTextAsync("2026-02-09 + (28 + 15 = 43 天) = 2026-03-24");
        await Expect(answer).ToContainTextAsync("CPL 172");
        await Expect(page.GetByRole(AriaRole.Switch)).ToBeCheckedAsync();

        await page.GetByRole(AriaRole.Switch).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("custody"));
        await Expect(answer.Locator(".proof-total")).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task A_limit_is_found_by_its_name_and_what_is_wrong_is_said_at_the_input() => browsing.Visit(office.Address, async page =>
    {
        await page.LogIn("handler-yi");
        await page.GetByRole(AriaRole.Link, new() { Name = "期限计算" }).ClickAsync();
        await page.GetByLabel("期限", new() { Exact = true }).FillAsync("审查起诉");
        await page.Locator(".ant-select-item-option").Filter(new() { HasText = "T-B05" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("limit=T-B05"));

        await page.GotoAsync("/calculator?limit=T-B05&start=2026-02-09&extensions=soon");
        await Expect(page.Locator(".ant-form-item-explain-error")).ToContainTextAsync("如 15d");
        await Expect(page.Locator(".calculator-answer .proof")).ToHaveCountAsync(0);
    }, expected: ["422 (Unprocessable Entity) /api/deadlines/compute"]);
}
