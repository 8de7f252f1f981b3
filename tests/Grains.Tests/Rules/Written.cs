namespace Grains.Tests.Rules;

/// <summary>Rules as an office writes them.</summary>
internal static class Written
{
    /// <summary>Interrogated by one: not allowed.</summary>
    public static string Alone(string level = "L1", string id = "XF-001") => $$$"""
        - id: {{{id}}}
          name: {zh: 一人讯问, en: Interrogated by one}
          category: 程序
          level: {{{level}}}
          basis: CPL 118
          condition: {on: suspect.interrogated, when: {field: staff, lessThan: 2}}
          fires:
            - {title: one, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 1}]], at: 2026-02-13}
          silent:
            - {title: two, given: pro-arrested, then: [[2026-02-12, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-02-13}
        """;

    /// <summary>Interrogated within so many days of the acceptance.</summary>
    public static string Interrogated(string within, string id = "XF-002") => $$$"""
        - id: {{{id}}}
          name: {zh: 受理后应及时讯问, en: Interrogate soon}
          category: 期限
          level: L1
          basis: 本院流程监控细则 第八条
          response: {start: case.accepted, stop: [suspect.interrogated], within: {{{within}}}}
          fires:
            - {title: never, given: pro-arrested, at: 2026-03-28, level: L1}
          silent:
            - {title: at once, given: pro-arrested, then: [[2026-02-09T15:00, suspect.interrogated, {suspect: "1", staff: 2}]], at: 2026-03-28}
        """;
}
