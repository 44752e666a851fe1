"""Which Chinese characters sound alike: what an input method offers in each other's place.

The 3,755 common characters of GB/T 2312 are ordered by their reading without its tone, so a
list of the first character of every syllable is enough to tell the syllable of each.
"""

from __future__ import annotations

from bisect import bisect_right

_FIRST_OF_SYLLABLE = (
    "啊埃鞍肮凹芭白斑邦苞杯奔崩逼鞭标鳖彬兵玻捕擦猜餐苍操厕层插拆搀昌超车郴撑吃充抽初揣川疮吹春"
    "戳疵聪凑粗蹿摧村磋搭呆耽当刀德蹬堤颠碉跌丁丢东兜督端堆墩掇蛾恩而发藩坊菲芬丰佛否夫噶该干冈"
    "篙哥给根耕工钩辜刮乖棺光瑰辊锅哈骸酣夯壕呵嘿痕哼轰喉呼花槐欢荒灰荤豁击嘉歼僵蕉揭巾荆炯揪鞠"
    "捐撅均喀开刊康考坷肯坑空抠枯夸块宽匡亏坤括垃莱蓝琅捞勒雷棱厘俩联粮撩列琳玲溜龙楼芦驴峦掠抡"
    "萝妈埋瞒芒猫么玫门萌眯棉苗蔑民明谬摸谋拇拿氖南囊挠呢馁嫩能妮蔫娘鸟捏您柠牛脓奴女暖虐挪哦欧"
    "啪拍攀乓抛呸喷砰坯篇飘撇拼乒坡剖扑期掐牵枪橇切钦青琼秋趋圈缺裙然瓤饶惹壬扔日戎揉茹软蕊闰若"
    "撒腮三桑搔瑟森僧莎筛珊墒梢奢砷声师收蔬刷摔栓霜谁吮说斯松搜苏酸虽孙蓑塌胎坍汤掏特藤梯天挑贴"
    "厅通偷凸湍推吞拖挖歪豌汪威瘟嗡挝巫昔瞎掀相萧楔薪星兄休墟轩靴勋压焉殃邀椰一茵英哟拥幽迂鸳曰"
    "耘匝栽咱赃遭责贼怎增扎摘瞻樟招遮珍蒸芝中舟珠抓拽专桩椎谆捉兹鬃邹租钻嘴尊昨"
)
_COMMON = range(0xB0A1, 0xD7FA)
"""Codes of the common characters in GB/T 2312, encoded as EUC-CN."""


def sound_alike(char: str, other: str) -> bool:
    """Whether two common simplified characters have one syllable, tones apart."""
    first, second = _syllable(char), _syllable(other)
    return first is not None and first == second


def _syllable(char: str) -> int | None:
    code = _code(char)
    return bisect_right(_BEGINNINGS, code) if code in _COMMON else None


def _code(char: str) -> int:
    return int.from_bytes(char.encode("gb2312", errors="ignore"), "big")


_BEGINNINGS = tuple(map(_code, _FIRST_OF_SYLLABLE))
