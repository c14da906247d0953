// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace cycast
{

/// Fusion whose boxes, icons and gaps grow with the text, for those who need it large: Fusion has them in
/// pixels. At usual sizes of text nothing changes. GUI thread.
class TextSizeStyle : public QProxyStyle
{
    Q_OBJECT

public:
    TextSizeStyle();
    int pixelMetric(PixelMetric metric, const QStyleOption *option = nullptr,
                    const QWidget *widget = nullptr) const override;
};

} // namespace cycast
