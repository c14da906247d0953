// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/hclvalue.h"

#include <QByteArray>

#include <tl/expected.hpp>

namespace cycast
{

/// The settings dialect of HCL:
///
/// * items are `name = value` or blocks `name "label" { ... }`; a line break, a comma (inside braces) or
/// nothing
///   at all parts them, so one-line blocks work with and without commas. Names may stand in quotes.
/// * values: "text" with the escapes \" \\ \n \r \t \uXXXX \UXXXXXXXX; heredocs <<EOF and <<-EOF (taken as
/// they
///   stand, without the last line break); numbers with sign, fraction and exponent; true, false, null; lists
///   [a, b,] and objects { a = 1, b : 2 }, over several lines if wanted. "${" is ordinary text.
/// * UTF-8, with or without a BOM; any line ends.
///
/// Pure. Linear in time; blocks and lists nested deeper than kHclDeepest are an error.
inline constexpr int kHclDeepest = 64;

/// The whole file as an Object.
tl::expected<HclValue, HclError> parseHcl(const QByteArray &text);

} // namespace cycast
