"""Conditions (适用情形): what a project is, on which requirements and procedure steps depend, with Chinese names."""

from __future__ import annotations

from typing import Final

CONDITIONS: Final[dict[str, str]] = {
    "cross_department": "多部门联合申报或共建",
    "multi_year": "分年度实施",
    "important_system": "重要系统（等级保护三级及以上）",
    "on_shared_platform": "依托统一平台建设",
    "custom_development": "含定制开发",
    "long_term_system": "长期使用的系统",
    "has_supervising_unit": "有主管单位",
    "construction": "建设类项目",
    "operation_or_service": "运维或购买服务类项目",
    "public_security_video": "公共安全视频项目",
    "city_county_joint": "市县共建",
    "classified": "涉密",
    "emergency": "应急项目",
    "key_project": "重点项目",
    "construction_works": "含土建等工程",
}
