//! Prompts that mean something to a shell, to curl or to a terminal, and must mean nothing in a command.

/// Prompts that would cause trouble.
pub fn prompts() -> Vec<String> {
    let mut prompts: Vec<String> = [
        "say \"cheese\"",
        "it's a cat",
        "'",
        "''''",
        "\\'",
        "'\\''",
        "\"; touch spoiled; \"",
        "'; touch spoiled; '",
        "a trailing backslash \\",
        "\\\\ \\n \\u0041 \\x41 \\0",
        "$HOME ${HOME} $DASHSCOPE_API_KEY $0 $$ $?",
        "`touch spoiled`",
        "$(touch spoiled)",
        "$((1+1)) $[1+1] ${x:-y}",
        "wow!! !$ !-1 !cat !\"x\"",
        "%PATH% %s%n %{http_code} ^caret^",
        "one\ntwo",
        "one\r\ntwo\rthree",
        "a\ttab",
        "EOF\nEOF\n",
        "a cat 😀 👩‍👩‍👧 \u{1f1e8}\u{1f1f3}",
        "right to left \u{202e}gnp.tac\u{202c} \u{200f}",
        "\u{feff}with a mark, \u{2028} and \u{2029}",
        "-leading dash",
        "--output spoiled",
        "-o spoiled",
        "@/etc/passwd",
        "@request.json",
        "{}[]*?~#&;|<>()",
        "[1-100]{a,b,c}",
        "* .* ~ ~root /etc/*",
        "> spoiled < /etc/passwd | tee spoiled",
        "a && touch spoiled || true &",
        "# a comment",
        "x=1 y:=2 z@file",
        "&amp; <script>alert(1)</script>",
        "{\"prompt\": \"inner\"}",
        "null",
        "猫",
        "𠮷野家 ñ é e\u{301}",
    ]
    .map(str::to_owned)
    .into();
    prompts.push("猫".repeat(1500));
    prompts.push("'\"\\".repeat(500));
    prompts
}
