// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/textsizestyle.h"

#include <QApplication>
#include <QFontMetrics>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// Up to this height of a line Fusion's own sizes are right.
constexpr double usualLinePx = 20.0;

bool growsWithText(QStyle::PixelMetric metric)
{
    switch (metric) {
    case QStyle::PM_IndicatorWidth:
    case QStyle::PM_IndicatorHeight:
    case QStyle::PM_ExclusiveIndicatorWidth:
    case QStyle::PM_ExclusiveIndicatorHeight:
    case QStyle::PM_CheckBoxLabelSpacing:
    case QStyle::PM_RadioButtonLabelSpacing:
    case QStyle::PM_SmallIconSize:
    case QStyle::PM_ButtonIconSize:
    case QStyle::PM_HeaderMarkSize:
    case QStyle::PM_HeaderMargin:
    case QStyle::PM_LayoutHorizontalSpacing:
    case QStyle::PM_LayoutVerticalSpacing:
        return true;
    default:
        return false;
    }
}

} // namespace

TextSizeStyle::TextSizeStyle()
    : QProxyStyle(u"Fusion"_s)
{
}

int TextSizeStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    const int usual = QProxyStyle::pixelMetric(metric, option, widget);
    if (usual <= 0 || !growsWithText(metric))
        return usual;
    const double line = QFontMetrics(QApplication::font()).height();
    return static_cast<int>(std::lround(usual * std::max(1.0, line / usualLinePx)));
}

} // namespace cycast
